/** This room turns values of other rooms and libraries into what a cell shows of them. */
package org.initlab.notebook.show;
