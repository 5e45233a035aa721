package dev.agora.launcher.process;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The compiler that a started JVM uses. */
class JavaCommandTests {

	private static final String QUICK = "-XX:TieredStopAtLevel=1";

	private final JvmOptions none = new JvmOptions("");

	@Test
	void leavesOutTheOptimizingCompilerOnlyOnRequest() {
		assertThat(new JavaCommand("64m").optimized(false).words(this.none)).contains(QUICK);
		assertThat(new JavaCommand("64m").optimized(true).words(this.none)).doesNotContain(QUICK);
	}

	@Test
	void letsAnOptionOfTheUserDecide() {
		JvmOptions given = new JvmOptions("-XX:+TieredCompilation");
		assertThat(new JavaCommand("64m").optimized(false).words(given)).doesNotContain(QUICK);
	}

}
