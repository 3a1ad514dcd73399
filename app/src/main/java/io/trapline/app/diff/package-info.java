/** What differs between two runs beyond noise: costs, rates, findings, and the first decision that went another way. */
package io.trapline.app.diff;
