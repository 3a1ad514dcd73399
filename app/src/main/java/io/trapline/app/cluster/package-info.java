/** What the commands ask of a cluster: topics, runs, summaries. Reads committed records only. */
package io.trapline.app.cluster;
