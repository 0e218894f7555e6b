/** This room turns a name in a study into an object: one table, with aliases and papers. */
package org.initlab.init.named;
