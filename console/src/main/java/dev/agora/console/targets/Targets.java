package dev.agora.console.targets;

import java.util.List;

import reactor.core.publisher.Mono;

/** Finds the processes of the system. */
public interface Targets {

	/**
	 * Lists the processes.
	 * @return the processes that exist now
	 */
	Mono<List<Target>> find();

}
