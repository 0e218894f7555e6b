/** This room turns laws into times a draw, beside those of other libraries on the JVM. */
package org.initlab.benchmark;
