/** Watchers of a fold: what a report shows of single exits and no row keeps. Their memory does not grow with the run. */
package io.trapline.app.watch;
