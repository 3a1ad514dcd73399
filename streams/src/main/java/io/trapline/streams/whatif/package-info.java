/** What the same run would have cost, and lost, under other variants of KVM's decisions about IA32_XFD and #NM. */
package io.trapline.streams.whatif;
