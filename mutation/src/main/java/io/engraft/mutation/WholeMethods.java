package io.engraft.mutation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.pitest.classinfo.ClassByteArraySource;
import org.pitest.help.PitHelpError;
import org.pitest.testapi.AbstractTestUnit;
import org.pitest.testapi.Configuration;
import org.pitest.testapi.Description;
import org.pitest.testapi.ResultCollector;
import org.pitest.testapi.TestGroupConfig;
import org.pitest.testapi.TestPluginFactory;
import org.pitest.testapi.TestSuiteFinder;
import org.pitest.testapi.TestUnit;
import org.pitest.testapi.TestUnitExecutionListener;
import org.pitest.testapi.TestUnitFinder;

/**
 * Lets PIT run a test method with all its arguments as one test, and find it without running it. PIT's own plug-in for
 * JUnit 5 runs every test to learn of its arguments, each time that it starts a Java machine, and it starts one for
 * every class and after every mutant that hangs: with thousands of goldens that is most of the time.
 */
public final class WholeMethods implements TestPluginFactory {

    @Override
    public Configuration createTestFrameworkConfiguration(
            TestGroupConfig config,
            ClassByteArraySource source,
            Collection<String> excludedRunners,
            Collection<String> includedTestMethods) {
        return new Methods();
    }

    @Override
    public String name() {
        return "whole-methods";
    }

    @Override
    public String description() {
        return "JUnit 5, a method with all its arguments as one test";
    }

    private static final class Methods implements Configuration {

        @Override
        public TestUnitFinder testUnitFinder() {
            return WholeMethods::find;
        }

        @Override
        public TestSuiteFinder testSuiteFinder() {
            return type -> List.of();
        }

        @Override
        public Optional<PitHelpError> verifyEnvironment() {
            return Optional.empty();
        }
    }

    private static List<TestUnit> find(Class<?> type, TestUnitExecutionListener listener) {
        List<TestUnit> found = new ArrayList<>();
        if (type.isMemberClass()) {
            return found;
        }
        Launcher launcher = LauncherFactory.create();
        TestPlan plan = launcher.discover(LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(type))
                .build());
        for (TestIdentifier root : plan.getRoots()) {
            for (TestIdentifier test : plan.getDescendants(root)) {
                if (test.getSource().filter(MethodSource.class::isInstance).isPresent()) {
                    found.add(new Method(type, test.getUniqueId(), launcher));
                }
            }
        }
        return found;
    }

    private static final class Method extends AbstractTestUnit {

        private final String id;
        private final Launcher launcher;

        private Method(Class<?> type, String id, Launcher launcher) {
            super(new Description(id, type));
            this.id = id;
            this.launcher = launcher;
        }

        @Override
        public void execute(ResultCollector collector) {
            FirstFailure listener = new FirstFailure();
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectUniqueId(id))
                    .build();
            collector.notifyStart(getDescription());
            launcher.execute(request, listener);
            listener.failure.ifPresentOrElse(
                    failure -> collector.notifyEnd(getDescription(), failure),
                    () -> collector.notifyEnd(getDescription()));
        }
    }

    private static final class FirstFailure implements TestExecutionListener {

        private Optional<Throwable> failure = Optional.empty();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (failure.isEmpty() && result.getStatus() == TestExecutionResult.Status.FAILED) {
                failure = Optional.of(result.getThrowable().orElseGet(() -> new AssertionError(test.getDisplayName())));
            }
        }
    }
}
