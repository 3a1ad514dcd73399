/** What the commands do with a run: analyse it in a loop, or publish it into the log. */
package io.trapline.app.run;
