/** Where the process begins and how its standard streams are set up; everything else is in the packages below. */
package io.trapline.app;
