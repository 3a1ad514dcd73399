/** What must hold in every trace: one stateless policy per file, judged by the core's occasions, and their tallies. */
package io.trapline.streams.policy;
