/** What logback needs from us; nothing else may depend on it. */
package io.trapline.app.log;
