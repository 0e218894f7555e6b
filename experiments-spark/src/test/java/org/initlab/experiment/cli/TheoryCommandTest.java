package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.initlab.init.Activation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

class TheoryCommandTest {

  @RegisterExtension private final Said said = new Said();

  @TempDir private Path folder;

  /** The reference is sigma_w^2 = 1.760955, q* = 0.570048 at sigma_b^2 = 0.05. */
  @Test
  void tellsTheCriticalPointAndWhatHappensThere() {
    assertThat(theory("--activation", "tanh", "--sigma-b", "0.223606797749979"))
        .isEqualTo(Exit.DONE);
    assertThat(said())
        .containsPattern("critical +sigma_w 1\\.32701 +\\(variance 1\\.76095\\)")
        .containsPattern("q\\* +0\\.570048")
        .containsPattern("chi1 +1 ")
        .containsPattern("xi_c +infinite")
        .containsPattern("trainable to +any depth");
  }

  /** The reference is sigma_w^2 = 2: xi_c 25.21, xi_q 1.388, xi_gradient 21.48. */
  @Test
  void tellsWhatHappensElsewhere() {
    theory(
        "--activation", "tanh", "--sigma-b", "0.223606797749979", "--sigma-w", "1.4142135623731");
    assertThat(said())
        .contains("chaotic")
        .containsPattern("q\\* +0\\.721762")
        .containsPattern("chi1 +1\\.04767")
        .containsPattern("c\\* +0\\.744082")
        .containsPattern("xi_q +1\\.38[78]\\d* layers")
        .containsPattern("xi_c +25\\.213\\d layers")
        .containsPattern("xi_gradient +21\\.475\\d layers")
        .containsPattern("trainable to +151\\.28\\d? layers");
  }

  @ParameterizedTest
  @EnumSource
  void knowsEveryActivation(Activation activation) {
    for (String sigmaB : List.of("0", "0.3")) {
      String name = activation.title().replace('_', '-');
      assertThat(theory("--activation", name, "--sigma-b", sigmaB, "--sigma-w", "1.2"))
          .isEqualTo(Exit.DONE);
    }
    assertThat(said()).contains("phase").doesNotContain("NaN").doesNotContain("Infinity");
  }

  @Test
  void saysWhereThereIsNoCriticalPoint() {
    assertThat(theory("--activation", "relu", "--sigma-b", "0.1")).isEqualTo(Exit.DONE);
    assertThat(said()).contains("no critical point at this sigma_b").contains("Give --sigma-w");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--activation tanhh | Maybe tanh.",
        "--activation tanh --sigma-b -0.1 | sigma_b must be a finite number of at least 0, not -0.1",
        "--activation tanh --sigma-w -1 | sigma_w must be a finite number of at least 0, not -1.0",
        "--activation tanh --sigma-w NaN | not NaN",
        "--activation tanh --sigma-w wide | wide",
        "--sigma-w 1 | --activation",
        "--activation tanh --sigma-c 1 | Maybe --sigma-b.",
        "--activation tanh --phase-diagram t.png | Allowed: a name that ends in .html, .svg or .csv.",
        "--activation tanh --phase-diagram t | Maybe t.html.",
        "--activation tanh --phase-diagram nowhere/t.csv | nowhere is not a folder",
      })
  void badInputIsRefusedBeforeAnyWork(String words, String reason) {
    assertThat(theory(words.split(" "))).isEqualTo(Exit.USAGE);
    assertThat(said()).contains(reason).doesNotContain("critical  ");
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken.csv"));
    assertThat(theory("--activation", "tanh", "--phase-diagram", taken.toString()))
        .isEqualTo(Exit.USAGE);
    assertThat(said()).contains("taken.csv is not a file that you may write to");
  }

  @Test
  void aTableHasARowForEachPoint() throws IOException {
    Path file = folder.resolve("relu.csv");
    assertThat(theory("--activation", "relu", "--phase-diagram", file.toString()))
        .isEqualTo(Exit.DONE);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1 + 41 * 41);
    assertThat(lines.get(0)).startsWith("sigma_w,sigma_b,phase,length,q,chi1,c,");
    String[] first = lines.get(1).split(",");
    double sigmaW = Double.parseDouble(first[0]);
    assertThat(Double.parseDouble(first[5])).isCloseTo(sigmaW * sigmaW / 2, within(1e-9));
    assertThat(lines.get(1)).contains("ordered,vanishing");
    assertThat(lines.get(1 + 41 * 41 - 1)).contains("diverging,diverging,Infinity");
  }

  @Test
  void aPageNeedsNoNetwork() throws IOException {
    Path file = folder.resolve("Sin.HTML");
    assertThat(theory("--activation", "sin", "--phase-diagram", file.toString()))
        .isEqualTo(Exit.DONE);
    String page = Files.readString(file);
    assertThat(page)
        .contains("<h1>Phase diagram of sin networks</h1>")
        .contains("of wide sin networks")
        .contains("download=\"phase-diagram.csv\"")
        .doesNotContain("<script src")
        .doesNotContain("WIDTH")
        .doesNotContain("the rows of");
    assertThat(said()).containsPattern("1,681 points in [0-9.]+ s");
  }

  /** Vega's scripts in this process, without a browser. */
  @Test
  @Tag("slow")
  void aPictureIsWhole() throws Exception {
    Path file = folder.resolve("tanh.svg");
    assertThat(theory("--activation", "tanh", "--phase-diagram", file.toString()))
        .isEqualTo(Exit.DONE);
    Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    // A rectangle for each point that does not diverge, and the words of the page's figure.
    assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(41 * 41);
    assertThat(Files.readString(file))
        .contains("Depth scale ξ_c of wide tanh networks", "edge of chaos", "chaotic");
  }

  private static int theory(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "theory";
    System.arraycopy(words, 0, all, 1, words.length);
    return Main.run(all);
  }

  private String said() {
    return said.toString();
  }
}
