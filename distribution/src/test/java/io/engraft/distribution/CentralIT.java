package io.engraft.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.engraft.distribution.Reactor.Module;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/**
 * What Maven Central demands of an artifact, asked of every one that is deployed: name, description, address, licence,
 * developers and sources' place in its POM or the parent's; sources and documentation beside the jar.
 */
class CentralIT {

    static Stream<Module> deployed() {
        return Stream.concat(Stream.of(Reactor.parent()), Reactor.modules().stream())
                .filter(Module::isDeployed);
    }

    static Stream<Module> deployedJars() {
        return deployed().filter(Module::isJar);
    }

    /** An element of a POM that a child inherits. */
    private static Optional<Element> inherited(Module module, String name) {
        return Reactor.child(module.pom(), name)
                .or(() -> Reactor.child(Reactor.parent().pom(), name));
    }

    @Test
    void theDeployedAreTheParentTheBomAndTheirArtifacts() {
        assertThat(deployed().map(Module::artifact))
                .contains(
                        "engraft",
                        "engraft-bom",
                        "engraft-core",
                        "engraft-charts",
                        "engraft-report",
                        "engraft-tablesaw",
                        "engraft-cli")
                .doesNotContain("engraft-benchmarks", "engraft-distribution");
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void thePomSaysWhatCentralAsks(Module module) {
        // A child inherits neither name nor description in a way that would describe it.
        assertThat(Reactor.text(module.pom(), "name")).as("name").isPresent();
        assertThat(Reactor.text(module.pom(), "description")).as("description").isPresent();
        assertThat(inherited(module, "url").map(Element::getTextContent))
                .hasValueSatisfying(url -> assertThat(url).isEqualTo("${engraft.home}"));
        Element licence = Reactor.child(inherited(module, "licenses").orElseThrow(), "license")
                .orElseThrow();
        assertThat(Reactor.text(licence, "name")).hasValue("Apache-2.0");
        assertThat(Reactor.text(licence, "url")).isPresent();
        Element developer = Reactor.child(inherited(module, "developers").orElseThrow(), "developer")
                .orElseThrow();
        assertThat(Reactor.text(developer, "name")).isPresent();
        assertThat(Reactor.text(developer, "organization")).isPresent();
        assertThat(Reactor.text(developer, "organizationUrl")).isPresent();
        Element scm = inherited(module, "scm").orElseThrow();
        assertThat(Reactor.text(scm, "connection"))
                .hasValueSatisfying(c -> assertThat(c).startsWith("scm:git:"));
        assertThat(Reactor.text(scm, "developerConnection")).isPresent();
        assertThat(Reactor.text(scm, "url")).isPresent();
        assertThat(inherited(module, "issueManagement")).isPresent();
        assertThat(inherited(module, "organization")).isPresent();
    }

    @Test
    void theAddressStandsInOnePlaceAndChildrenDoNotExtendIt() throws IOException {
        Element parent = Reactor.parent().pom();
        assertThat(Reactor.parent().property("engraft.home"))
                .hasValueSatisfying(address -> assertThat(address).startsWith("https://"));
        assertThat(parent.getAttribute("child.project.url.inherit.append.path")).isEqualTo("false");
        Element scm = Reactor.child(parent, "scm").orElseThrow();
        for (String part : List.of("connection", "developerConnection", "url")) {
            assertThat(scm.getAttribute("child.scm." + part + ".inherit.append.path"))
                    .isEqualTo("false");
        }
        for (Module module : Reactor.modules()) {
            assertThat(Files.readString(module.folder().resolve("pom.xml"))).doesNotContain("engraft.home");
        }
    }

    private static boolean wasBuiltWith(String option) {
        return System.getProperty("engraft.build", "").contains(option);
    }

    @ParameterizedTest
    @MethodSource("deployedJars")
    void theJarNamesItsModuleAndHoldsTheLicence(Module module) throws IOException {
        holdsTheLicence(module.jar(""));
        try (JarFile file = new JarFile(module.jar("").toFile())) {
            assertThat(file.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo(module.property("module.name").orElseThrow());
        }
    }

    @ParameterizedTest
    @MethodSource("deployedJars")
    void sourcesStandBeside(Module module) throws IOException {
        holdsTheLicence(module.jar("-sources"));
    }

    @ParameterizedTest
    @MethodSource("deployedJars")
    void documentationStandsBeside(Module module) throws IOException {
        assumeFalse(wasBuiltWith("javadoc.skip=true"), "built without documentation");
        holdsTheLicence(module.jar("-javadoc"));
    }

    private static void holdsTheLicence(Path jar) throws IOException {
        assertThat(jar).exists();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (String name : List.of("LICENSE", "NOTICE")) {
                JarEntry entry = file.getJarEntry("META-INF/" + name);
                assertThat(entry)
                        .as("META-INF/%s in %s", name, jar.getFileName())
                        .isNotNull();
                assertThat(new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(Files.readString(Reactor.ROOT.resolve(name)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("deployed")
    void aBillOfMaterialsStandsBeside(Module module) {
        assumeFalse(wasBuiltWith("offline=true"), "CycloneDX works online only");
        assertThat(module.folder().resolve("target/bom.json"))
                .content()
                .contains("\"bomFormat\" : \"CycloneDX\"", "\"name\" : \"" + module.artifact() + "\"");
    }

    @Test
    void theBomListsWhatIsDeployedAndNothingElse() {
        Element bom =
                Reactor.read(Reactor.ROOT.resolve("bom/target/engraft-bom.pom")).getDocumentElement();
        assertThat(Reactor.child(bom, "parent")).isEmpty();
        assertThat(Reactor.child(bom, "dependencies")).isEmpty();
        assertThat(Reactor.text(bom, "url")).isEqualTo(Reactor.parent().property("engraft.home"));
        for (String part : List.of("name", "description", "licenses", "developers", "scm")) {
            assertThat(Reactor.child(bom, part)).as(part).isPresent();
        }
        Element managed = Reactor.child(
                        Reactor.child(bom, "dependencyManagement").orElseThrow(), "dependencies")
                .orElseThrow();
        List<Element> listed = Reactor.children(managed, "dependency");
        assertThat(listed).extracting(entry -> Reactor.text(entry, "groupId")).containsOnly(Optional.of("io.engraft"));
        assertThat(listed)
                .extracting(entry -> Reactor.text(entry, "version").orElse(""))
                .allMatch(version -> version.equals(Reactor.version()) || version.equals("${project.version}"));
        assertThat(listed)
                .extracting(entry -> Reactor.text(entry, "artifactId").orElse(""))
                .containsExactlyInAnyOrderElementsOf(
                        deployedJars().map(Module::artifact).toList());
    }
}
