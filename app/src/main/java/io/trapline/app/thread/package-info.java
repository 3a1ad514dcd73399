/** The three questions that the thread about AMX support left open, answered by running guests. */
package io.trapline.app.thread;
