/** From threads to streams: which vCPU of which VM a thread is, and in which stream its events go. */
package io.trapline.producer.identity;
