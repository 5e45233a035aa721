package dev.agora.system;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Records the test classes of the current run. If there are journeys among them, the test
 * system starts at once, while tests that need none run.
 */
public final class PlannedJourneys implements TestExecutionListener {

	private static final Set<String> planned = ConcurrentHashMap.newKeySet();

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		plan.accept(new TestPlan.Visitor() {
			@Override
			public void visit(org.junit.platform.launcher.TestIdentifier test) {
				test.getSource()
					.filter(ClassSource.class::isInstance)
					.map(ClassSource.class::cast)
					.ifPresent((source) -> planned.add(source.getJavaClass().getSimpleName()));
			}
		});
		if (TestSystem.isOwn() && planned.stream().anyMatch((test) -> test.endsWith("Journey"))) {
			Thread starter = new Thread(TestSystem::awaitReady, "test-system");
			starter.setDaemon(true);
			starter.start();
		}
	}

	static boolean contain(Set<String> classes) {
		return planned.containsAll(classes);
	}

}
