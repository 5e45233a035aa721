package dev.agora.launcher.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.Probe;
import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.ServiceInstance;
import dev.agora.launcher.process.Tier;
import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The processes are real ones that do nothing. */
@Timeout(60)
class ClonesTests {

	private static final String SERVICE = "feed-service";

	private final CountDownLatch started = new CountDownLatch(1);

	private final CountDownLatch mayBeReady = new CountDownLatch(1);

	@TempDir
	private Path folder;

	private Supervisor supervisor;

	private Clones clones;

	private Path addresses;

	private boolean startable = true;

	@BeforeEach
	void create() throws IOException {
		DataDirectory data = new DataDirectory(this.folder);
		this.supervisor = new Supervisor(data, new PrintStream(OutputStream.nullOutputStream()));
		this.clones = new Clones(data, Ports.of(data), this.supervisor);
		this.clones.register(SERVICE, 1, this::specify);
		this.addresses = data.directory("instances").resolve(SERVICE + ".txt");
	}

	@AfterEach
	void stop() throws IOException {
		this.mayBeReady.countDown();
		this.supervisor.close();
	}

	@Test
	void theNameIsFreeAgainIfTheProcessCannotBeStarted() throws Exception {
		this.startable = false;
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.clones.add(SERVICE));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.supervisor.kill("feed-service-2"))
			.withMessageContaining("no process");
		this.startable = true;
		this.mayBeReady.countDown();
		assertThat(this.clones.add(SERVICE)).isEqualTo("feed-service-2");
		assertThat(Files.readAllLines(this.addresses)).hasSize(1);
	}

	@Test
	void theGatewaysReadTheAddressesOfReadyInstancesOnly() throws Exception {
		CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> {
			try {
				return this.clones.add(SERVICE);
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		assertThat(this.started.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.clones.add(SERVICE)).isEqualTo("feed-service-3");
		assertThat(Files.readAllLines(this.addresses)).hasSize(1);
		this.mayBeReady.countDown();
		assertThat(slow.get()).isEqualTo("feed-service-2");
		assertThat(Files.readAllLines(this.addresses)).hasSize(2);
		this.clones.remove("feed-service-2");
		this.clones.remove("feed-service-3");
		assertThat(this.addresses).isEmptyFile();
	}

	/** The process of feed-service-2 is ready when the test says so. */
	private ProcessSpec specify(ServiceInstance instance) {
		boolean slow = instance.name().equals("feed-service-2");
		Probe readiness = () -> {
			if (slow) {
				this.started.countDown();
			}
			return !slow || this.mayBeReady.getCount() == 0;
		};
		return new ProcessSpec(instance.name(), Tier.SERVICE, "", List.of("sleep", "300"), Map.of(),
				this.startable ? this.folder : this.folder.resolve("missing"), instance.port(), 0, readiness, null);
	}

}
