/** This room turns drawn weights and batches of data into weights that suit the data. */
package org.initlab.init.calibrate;
