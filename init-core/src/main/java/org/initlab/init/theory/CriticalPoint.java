package org.initlab.init.theory;

/**
 * A point on the edge of chaos.
 *
 * @param variances sigma_w^2 and sigma_b^2
 * @param q the length at which chi_1 is 1
 * @param stable whether nearby lengths come to q; if not, no deep network is found there
 */
public record CriticalPoint(Variances variances, double q, boolean stable) {}
