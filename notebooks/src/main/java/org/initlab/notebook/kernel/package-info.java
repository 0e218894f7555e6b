/**
 * This room turns the facade's values into what Jupyter shows, and a connection file into a running
 * kernel. It alone knows the Jupyter kernel's library.
 */
package org.initlab.notebook.kernel;
