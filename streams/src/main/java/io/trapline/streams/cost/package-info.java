/** What exits cost: exact statistics of durations per reason and detail, in integers, mergeable in any order. */
package io.trapline.streams.cost;
