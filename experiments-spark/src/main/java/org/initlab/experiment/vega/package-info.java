/**
 * This room turns a Vega-Lite specification into a static picture: Vega's own scripts, run by
 * GraalJS in this process. It is slow, some seconds a figure, and needs neither browser nor
 * network.
 */
package org.initlab.experiment.vega;
