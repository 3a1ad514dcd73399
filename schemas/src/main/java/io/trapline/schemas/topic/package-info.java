/** The topic catalogue: every topic of ours with what it holds and how it is kept. */
package io.trapline.schemas.topic;
