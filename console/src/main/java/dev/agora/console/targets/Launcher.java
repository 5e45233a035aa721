package dev.agora.console.targets;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The launcher that has started the processes, if one has. */
public final class Launcher {

	private final @Nullable StateFile file;

	private Launcher(@Nullable StateFile file) {
		this.file = file;
	}

	/**
	 * Chooses the launcher.
	 * @param settings may name the file in which a launcher describes the system
	 * @return the launcher; one that is absent if the settings name no file
	 */
	public static Launcher of(TargetSettings settings) {
		return new Launcher(settings.stateFile().isEmpty() ? null : new StateFile(Path.of(settings.stateFile())));
	}

	/** Whether a launcher has started the processes. */
	public boolean isPresent() {
		return this.file != null;
	}

	/**
	 * Finds the address of the launcher's control server.
	 * @return the address; {@link LauncherUnavailable} if no launcher runs
	 */
	public Mono<String> controlUrl() {
		return read("controlUrl", "No launcher runs.");
	}

	/**
	 * Finds the address of the first gateway.
	 * @return the address; {@link LauncherUnavailable} until the system is ready
	 */
	public Mono<String> gatewayUrl() {
		return read("gatewayUrl", "The system is not ready yet, so that no gateway accepts requests. Try again later.");
	}

	private Mono<String> read(String field, String absent) {
		StateFile state = this.file;
		return (state != null) ? state.read(field).switchIfEmpty(Mono.error(() -> new LauncherUnavailable(absent)))
				: Mono.error(() -> new LauncherUnavailable("The processes were not started by a launcher."));
	}

}
