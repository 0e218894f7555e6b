/**
 * This room turns "what is known about one tensor" into weights: it holds the nouns (shapes, fans,
 * laws, sites, initializers, schemes) and no machinery. Sub-packages import it; it imports random/
 * only.
 */
package org.initlab.init;
