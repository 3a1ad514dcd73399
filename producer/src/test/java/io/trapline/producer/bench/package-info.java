/** Programs to run by hand that measure. */
package io.trapline.producer.bench;
