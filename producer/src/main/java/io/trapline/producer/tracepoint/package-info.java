/**
 * The bodies of tracepoints as the kernel, libtraceevent and its plugin for kvm print them, and what their forms say about
 * the kernel. Whoever printed the line around them, they are the same.
 */
package io.trapline.producer.tracepoint;
