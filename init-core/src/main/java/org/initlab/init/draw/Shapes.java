package org.initlab.init.draw;

import java.util.Optional;
import java.util.function.Predicate;
import org.initlab.init.Fan;
import org.initlab.init.Initializer;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;

/** Which tensors an initializer can fill. */
public enum Shapes {
  /** A dense layer or a convolution of any rank. */
  ANY("a dense layer or a convolution", site -> true),

  /** A matrix. */
  DENSE("a dense layer", site -> dense(site.shape())),

  /** A matrix from a layer to itself. */
  SQUARE(
      "a dense layer with as many outputs as inputs",
      site -> dense(site.shape()) && site.shape().in() == site.shape().out()),

  /** A kernel of one to three spatial dimensions. */
  CONVOLUTION(
      "a convolution of 1 to 3 spatial dimensions",
      site -> !dense(site.shape()) && site.shape().kernel().size() <= 3),

  /** A kernel of one to three spatial dimensions that loses no channel. */
  WIDENING_CONVOLUTION(
      "a convolution of 1 to 3 spatial dimensions with at least as many outputs as inputs",
      site -> CONVOLUTION.allows(site) && site.shape().out() >= site.shape().in()),

  /** A tensor whose units come in pairs, but for a network's inputs and outputs. */
  PAIRED(
      "a layer with even numbers of inputs (but for the first layer) and outputs (but for the last)",
      site ->
          (site.role() == Role.INPUT || site.shape().in() % 2 == 0)
              && (site.role() == Role.OUTPUT || site.shape().out() % 2 == 0));

  private final String says;
  private final Predicate<Site> rule;

  Shapes(String says, Predicate<Site> rule) {
    this.says = says;
    this.rule = rule;
  }

  /** The rule in words, with an article: "a dense layer". */
  public String says() {
    return says;
  }

  /** Whether the initializer can fill this tensor. */
  public boolean allows(Site site) {
    return rule.test(site);
  }

  /**
   * Why an initializer cannot fill a site; nothing if it can.
   *
   * @param initializer its name
   * @param instead what serves such a tensor, or nothing
   */
  Optional<String> objection(String initializer, Site site, String instead) {
    if (allows(site)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: shape must be that of %s, not kernel %s, in %d, out %d.%s"
            .formatted(
                initializer,
                says,
                site.shape().kernel(),
                site.shape().in(),
                site.shape().out(),
                instead.isEmpty() ? "" : " Maybe " + instead + "."));
  }

  /** Why a layer has no variance by this fan; nothing if it has. */
  static Optional<String> objection(String initializer, Fan fan, WeightShape shape) {
    if (fan.of(shape.fans()) > 0) {
      return Optional.empty();
    }
    boolean other = fan != Fan.MEAN && Fan.MEAN.of(shape.fans()) > 0;
    return Optional.of(
        "%s: %s must be above 0, not 0, to divide a variance; the layer has in %d, out %d.%s"
            .formatted(
                initializer,
                fan.title(),
                shape.in(),
                shape.out(),
                other ? " Maybe " + Fan.MEAN.title() + "." : ""));
  }

  /** Refuses a site to which the initializer objects. */
  static void require(Initializer initializer, Site site) {
    initializer
        .objection(site)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
  }

  private static boolean dense(WeightShape shape) {
    return shape.kernel().isEmpty();
  }
}
