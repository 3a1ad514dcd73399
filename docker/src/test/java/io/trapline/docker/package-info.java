/** What can be checked only with a container, and whether the manifests of {@code docker} and {@code deploy} fit the code. */
package io.trapline.docker;
