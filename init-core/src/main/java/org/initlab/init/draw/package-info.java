/** This room turns a site and a key into one weight tensor, by a rule that needs no data. */
package org.initlab.init.draw;
