package dev.agora.launcher.process.supervision;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.agora.launcher.local.StoreAddress;

import static org.assertj.core.api.Assertions.assertThat;

class StartupMonitorTests {

	private final List<String> lines = new CopyOnWriteArrayList<>();

	@Test
	void printsWithinTenSeconds() {
		assertThat(StartupMonitor.INTERVAL).isLessThan(Duration.ofSeconds(10));
	}

	@Test
	void namesTheProcessesThatAreNotReadyAndTheClosedStore() throws Exception {
		StoreAddress closed = StoreAddress.of("mongodb://127.0.0.1:" + closedPort() + "/?w=majority");
		try (StartupMonitor monitor = new StartupMonitor(Duration.ofMillis(20), this.lines::add)) {
			monitor.watchStore("MongoDB at " + closed.shown(), closed::isReachable);
			monitor.begin("feed-service-1");
			monitor.begin("kafka");
			monitor.end("kafka");
			Awaitility.await()
				.until(() -> this.lines.stream().anyMatch((line) -> line.contains("accepts no connections")));
		}
		assertThat(this.lines).anyMatch((line) -> line.matches("Not ready after \\d+ s: feed-service-1[.]"))
			.anyMatch((line) -> line.startsWith("The services wait for MongoDB at mongodb://127.0.0.1:"));
	}

	@Test
	void omitsAStoreThatAcceptsConnections() throws Exception {
		try (ServerSocket open = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
				StartupMonitor monitor = new StartupMonitor(Duration.ofMillis(20), this.lines::add)) {
			StoreAddress store = StoreAddress.of("127.0.0.1:" + open.getLocalPort());
			monitor.watchStore("Kafka at " + store.shown(), store::isReachable);
			monitor.begin("feed-service-1");
			Awaitility.await().until(() -> this.lines.size() > 1);
		}
		assertThat(this.lines).allMatch((line) -> line.startsWith("Not ready"));
	}

	private static int closedPort() throws Exception {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"mongodb://me:pass@db1:27017,db2:27018/agora?ssl=true | mongodb://db1:27017,db2:27018/agora?ssl=true | 2",
			"redis://:pa,ss@cache:6379 | redis://cache:6379 | 1",
			"rediss://u:p@c1:1,redis://u:p@c2:2 | rediss://c1:1,redis://c2:2 | 2",
			"mongodb+srv://me:pass@cluster.example.com/ | mongodb+srv://cluster.example.com/ | 0",
			"k1:9092,k2:9092,k3:9092 | k1:9092,k2:9092,k3:9092 | 3" })
	void showsAnAddressWithoutItsPassword(String address, String shown, int servers) {
		StoreAddress store = StoreAddress.of(address);
		assertThat(store.shown()).isEqualTo(shown);
		assertThat(store.servers()).hasSize(servers);
	}

}
