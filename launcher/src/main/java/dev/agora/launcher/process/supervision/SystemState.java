package dev.agora.launcher.process.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

/**
 * Describes the system that runs on a data directory.
 *
 * @param gatewayUrl the address of the first gateway, {@code null} without services
 * @param gatewayUrls the addresses of all gateways
 * @param controlUrl the address of the launcher's control server
 * @param consoleUrl the address of the console with its token, {@code null} without one
 * @param launcher the launcher that supervises the other processes
 * @param processes the other processes, in the order of their start
 */
public record SystemState(@Nullable String gatewayUrl, List<String> gatewayUrls, @Nullable String controlUrl,
		@Nullable String consoleUrl, ProcessState launcher, List<ProcessState> processes) {

	/** The state of an older launcher may lack a field. */
	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(SerializationFeature.INDENT_OUTPUT)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	/** Describes the processes that this launcher has started. */
	static SystemState of(List<String> gatewayUrls, @Nullable String controlUrl, @Nullable String consoleUrl,
			List<ManagedProcess> processes) {
		ProcessHandle self = ProcessHandle.current();
		ProcessState launcher = new ProcessState("launcher", self.pid(), 0, 0, "", "", ProcessState.startTimeOf(self),
				false, null);
		return new SystemState(gatewayUrls.isEmpty() ? null : gatewayUrls.get(0), gatewayUrls, controlUrl, consoleUrl,
				launcher, processes.stream().filter(ManagedProcess::wasStarted).map(ManagedProcess::state).toList());
	}

	/**
	 * Reads the state that a launcher has written.
	 * @param data the data directory
	 * @return the state, empty if no system was started since the last one was stopped
	 * @throws IOException if the file cannot be read
	 */
	public static Optional<SystemState> read(DataDirectory data) throws IOException {
		if (!Files.exists(data.stateFile())) {
			return Optional.empty();
		}
		try {
			return Optional.of(JSON.readValue(Files.readAllBytes(data.stateFile()), SystemState.class));
		}
		catch (JacksonException ex) {
			throw new Problem(data.stateFile() + " is damaged. End the processes that run on " + data.root()
					+ " by hand, delete the file and start again.");
		}
	}

	public void write(DataDirectory data) throws IOException {
		DataDirectory.writeAtomically(data.stateFile(), JSON.writeValueAsBytes(this));
	}

	/**
	 * Whether a launcher still supervises this system.
	 * @return {@code false} if at most orphaned processes run
	 */
	public boolean isSupervised() {
		return this.launcher.handle().isPresent();
	}

	/**
	 * Returns all instances of a service, the gateway or a store.
	 * @param service the name without the number of an instance
	 * @return the processes, none if there is no such service
	 */
	public List<ProcessState> instancesOf(String service) {
		return this.processes.stream().filter((process) -> process.service().equals(service)).toList();
	}

	/**
	 * Finds an instance of a service that runs.
	 * @param service the name without the number of an instance
	 * @return the first instance that runs
	 */
	public ProcessState runningInstance(String service) {
		return instancesOf(service).stream()
			.filter((process) -> process.handle().isPresent())
			.findFirst()
			.orElseThrow(() -> new Problem(
					"No instance of " + service + " runs. Start one with ./agora start " + service + "-1."));
	}

	/** Returns one instance that runs of each service that has one. */
	public List<ProcessState> runningServices() {
		Map<String, ProcessState> services = new LinkedHashMap<>();
		this.processes.stream()
			.filter((process) -> process.service().endsWith("-service") && process.handle().isPresent())
			.forEach((process) -> services.putIfAbsent(process.service(), process));
		return List.copyOf(services.values());
	}

	/**
	 * Finds a process.
	 * @param name the process's name
	 * @return the process's state
	 */
	public ProcessState process(String name) {
		return this.processes.stream()
			.filter((process) -> process.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new Problem("There is no process " + name + ". Choose one of these: "
					+ String.join(", ", this.processes.stream().map(ProcessState::name).toList()) + "."));
	}

}
