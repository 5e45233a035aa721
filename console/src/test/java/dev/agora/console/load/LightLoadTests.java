package dev.agora.console.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

import dev.agora.console.targets.Launcher;
import dev.agora.console.targets.LauncherUnavailable;
import dev.agora.console.targets.TargetSettings;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class LightLoadTests {

	@TempDir
	private Path folder;

	@Test
	void doesNotStartBeforeTheSystemIsReady() throws IOException {
		Path state = Files.writeString(this.folder.resolve("system.json"), "{\"gatewayUrl\": null, \"processes\": []}");
		LightLoad load = new LightLoad(new LoadClient(Launcher.of(new TargetSettings(state.toString(), List.of()))));
		StepVerifier.create(load.start(5))
			.verifyErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(LauncherUnavailable.class)
				.hasMessageContaining("not ready yet"));
		assertThat(load.view().rate()).isZero();
	}

	@Test
	void doesNotStartWithoutALauncher() {
		LightLoad load = new LightLoad(new LoadClient(Launcher.of(new TargetSettings("", List.of()))));
		StepVerifier.create(load.start(5)).verifyError(LauncherUnavailable.class);
	}

}
