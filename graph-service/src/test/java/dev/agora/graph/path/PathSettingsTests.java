package dev.agora.graph.path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PathSettingsTests {

	@Test
	void refusesBoundsThatAllowNoSearch() {
		assertThatIllegalArgumentException().isThrownBy(() -> new PathSettings(0, 4))
			.withMessageContaining("graph.path.max-ids");
		assertThatIllegalArgumentException().isThrownBy(() -> new PathSettings(200_000, 0))
			.withMessageContaining("graph.path.max-searches");
	}

}
