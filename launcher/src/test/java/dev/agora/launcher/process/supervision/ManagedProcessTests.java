package dev.agora.launcher.process.supervision;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.agora.launcher.process.ClassArchive;
import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.Tier;

import static org.assertj.core.api.Assertions.assertThat;

/** Only a process that ends on its own has written its archive of classes completely. */
class ManagedProcessTests {

	private static final Duration BOUND = Duration.ofSeconds(30);

	@TempDir
	private Path directory;

	@Test
	void installsTheArchiveOfAProcessThatEnds() throws Exception {
		ClassArchive archive = archive();
		ManagedProcess process = start(archive, "exec sleep 60");
		process.stop();
		assertThat(archive.file()).exists();
		assertThat(archive.part()).doesNotExist();
	}

	@Test
	void deletesTheArchiveOfAKilledProcess() throws Exception {
		ClassArchive archive = archive();
		ManagedProcess process = start(archive, "exec sleep 60");
		process.kill();
		assertThat(archive.file()).doesNotExist();
		assertThat(archive.part()).doesNotExist();
	}

	@Test
	void deletesTheArchiveOfAProcessThatIsKilledWhileItStops() throws Exception {
		ClassArchive archive = archive();
		ManagedProcess process = start(archive,
				"trap 'touch stopping' TERM; touch trapped; while :; do sleep 0.05; done");
		await("trapped");
		FutureTask<@Nullable Void> stop = new FutureTask<>(() -> {
			process.stop();
			return null;
		});
		new Thread(stop, "stop").start();
		await("stopping");
		process.kill();
		stop.get(BOUND.toSeconds(), TimeUnit.SECONDS);
		assertThat(archive.file()).doesNotExist();
		assertThat(archive.part()).doesNotExist();
	}

	private void await(String file) {
		Awaitility.await(file).atMost(BOUND).until(() -> Files.exists(this.directory.resolve(file)));
	}

	private ClassArchive archive() throws Exception {
		ClassArchive archive = ClassArchive.of(this.directory, "thing", "1");
		Files.writeString(archive.part(), "a part");
		return archive;
	}

	private ManagedProcess start(ClassArchive archive, String script) throws Exception {
		ProcessSpec spec = new ProcessSpec("thing", Tier.SERVICE, "1", List.of("sh", "-c", script), Map.of(),
				this.directory, 1, 0, () -> true, archive);
		ManagedProcess process = new ManagedProcess(spec, this.directory.resolve("thing.log"));
		process.start();
		return process;
	}

}
