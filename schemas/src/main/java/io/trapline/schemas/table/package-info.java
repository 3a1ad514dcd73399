/** The kernel's tables as data: exit reasons of both ISAs, MSRs. Copied from kernels, with the first that has each row. */
package io.trapline.schemas.table;
