package dev.agora.launcher.local;

import java.io.IOException;

import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.ServiceInstance;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.RandomToken;

/**
 * The console: a process that shows the system, and changes it by the launcher's control
 * server.
 *
 * @param data the data directory
 * @param instance its name, port and settings
 * @param token the token that each action needs, a new one at each start
 */
record ConsoleProcess(DataDirectory data, ServiceInstance instance, String token) {

	static final String NAME = "console";

	private static final String HEAP = "64m";

	static ConsoleProcess of(DataDirectory data, Ports ports) throws IOException {
		int port = ports.any(NAME);
		return new ConsoleProcess(data, new ServiceInstance(NAME, NAME, port, port).limitHeap(HEAP),
				RandomToken.create());
	}

	ServiceInstance configure(String kafka) {
		return this.instance.set("console.access.token", this.token)
			.set("console.targets.state-file", this.data.stateFile().toAbsolutePath().toString())
			.set("console.kafka.bootstrap-servers", kafka);
	}

	/**
	 * Returns the address with the token. Browsers send what follows the # to no server.
	 */
	String url() {
		return page() + "#" + this.token;
	}

	String page() {
		return this.instance.url() + "/";
	}

	String traces() {
		return this.instance.url() + "/v1/traces";
	}

}
