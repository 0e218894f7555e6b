package org.initlab.experiment.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hosts with addresses of their own on one network: each a network namespace of Linux, joined to
 * this machine by a bridge, and cut off by taking its cable out. It needs root and iproute2.
 */
final class Network implements AutoCloseable {

  private final String name;
  private final String subnet;
  private final List<Host> hosts = new ArrayList<>();

  private Network(long process) {
    this.name = "il" + process % 100_000;
    this.subnet = "10.213." + process % 250 + ".";
  }

  /** Why there can be none; empty if there can be one. */
  static String hindrance() {
    try (Network network = new Network(ProcessHandle.current().pid())) {
      network.lay(1);
      return "";
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  static Network of(int hosts) throws IOException {
    Network network = new Network(ProcessHandle.current().pid());
    try {
      network.lay(hosts);
      return network;
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  /** This machine, as the hosts see it. */
  Host here() {
    return new Host(subnet + 1, List.of());
  }

  List<Host> hosts() {
    return List.copyOf(hosts);
  }

  /** Takes a host's cable out: it runs on, and neither sees nor is seen. */
  void cut(int host) throws IOException {
    ip("link set " + name + "h" + host + " down");
  }

  void mend(int host) throws IOException {
    ip("link set " + name + "h" + host + " up");
  }

  private void lay(int count) throws IOException {
    ip("link add " + name + " type bridge");
    ip("addr add " + subnet + "1/24 dev " + name);
    ip("link set " + name + " up");
    for (int i = 0; i < count; i++) {
      String space = name + "-" + i;
      String here = name + "h" + i;
      ip("netns add " + space);
      hosts.add(new Host(subnet + (i + 2), List.of("ip", "netns", "exec", space)));
      ip("link add " + here + " type veth peer name eth0 netns " + space);
      ip("link set " + here + " master " + name + " up");
      ip("-n " + space + " addr add " + subnet + (i + 2) + "/24 dev eth0");
      ip("-n " + space + " link set eth0 up");
      ip("-n " + space + " link set lo up");
    }
  }

  private static void ip(String words) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(Arrays.asList(words.split(" ")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("ip " + words + ": " + said.strip());
    }
  }

  /** Removes what there is of it. */
  @Override
  public void close() {
    for (int i = 0; i < hosts.size(); i++) {
      quietly("netns del " + name + "-" + i);
    }
    quietly("link del " + name);
  }

  private static void quietly(String words) {
    try {
      ip(words);
    } catch (IOException notThere) {
      // Nothing to remove.
    }
  }
}
