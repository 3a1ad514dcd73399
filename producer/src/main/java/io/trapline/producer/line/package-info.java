/**
 * Lines of a text trace, before anybody knows what happened in them: cut out of the bytes, and their beginning taken apart
 * into who, where and when. Nothing is copied.
 */
package io.trapline.producer.line;
