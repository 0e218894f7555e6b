/**
 * The platform as a notebook's cells see it: {@link Lab} draws, predicts, runs and opens; {@link
 * Figures} draws pictures. Every value that comes back shows itself, and is plain data besides.
 */
package org.initlab.notebook;
