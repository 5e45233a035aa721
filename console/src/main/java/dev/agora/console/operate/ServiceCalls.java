package dev.agora.console.operate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;

import dev.agora.console.management.CallFailed;
import dev.agora.console.management.ManagementClient;
import dev.agora.console.targets.Target;
import dev.agora.console.targets.Targets;

/** Calls one instance of each service, since all instances of a service see the same. */
public final class ServiceCalls {

	private final Targets targets;

	private final ManagementClient client;

	public ServiceCalls(Targets targets, ManagementClient client) {
		this.targets = targets;
		this.client = client;
	}

	/**
	 * Collects the items that all services list. The failure of one service hides no
	 * other, and is a part of the result.
	 */
	Mono<Items> list(String endpoint) {
		return services().flatMap((service) -> list(service.getKey(), service.getValue(), endpoint))
			.collectList()
			.map(Items::join);
	}

	private Mono<Items> list(String service, List<Target> instances, String endpoint) {
		return call(service, instances, HttpMethod.GET, endpoint).map((page) -> Items.of(service, page))
			.onErrorResume(CallFailed.class, (failure) -> Mono.just(Items.missing(service, failure)))
			.onErrorResume(NoInstance.class, (failure) -> Mono.just(Items.missing(service, failure)));
	}

	/**
	 * Calls an endpoint of one service.
	 * @return the response; empty if there is no such service or object;
	 * {@link CallFailed} or {@link NoInstance} otherwise
	 */
	Mono<JsonNode> call(String service, HttpMethod method, String... path) {
		return services().filter((one) -> one.getKey().equals(service))
			.next()
			.flatMap((one) -> call(service, one.getValue(), method, path));
	}

	private Flux<Map.Entry<String, List<Target>>> services() {
		return this.targets.find()
			.flatMapIterable((all) -> all.stream()
				.filter((target) -> target.service().endsWith("-service"))
				.collect(Collectors.groupingBy(Target::service, TreeMap::new, Collectors.toList()))
				.entrySet());
	}

	private Mono<JsonNode> call(String service, List<Target> instances, HttpMethod method, String... path) {
		List<Target> running = instances.stream().filter((one) -> one.state() == Target.State.RUNNING).toList();
		return running.isEmpty() ? Mono.error(() -> new NoInstance(service)) : callFirst(running, method, path);
	}

	/** The next instance is called if that cannot do the work twice. */
	private Mono<JsonNode> callFirst(List<Target> instances, HttpMethod method, String... path) {
		List<Target> others = instances.subList(1, instances.size());
		return this.client.call(instances.get(0), method, path)
			.onErrorResume(CallFailed.class, (failure) -> (others.isEmpty() || !mayRepeat(method, failure))
					? Mono.error(failure) : callFirst(others, method, path));
	}

	private static boolean mayRepeat(HttpMethod method, CallFailed failure) {
		return switch (failure.kind()) {
			case NOT_SENT -> true;
			// To cancel a job twice is to cancel it once.
			case UNKNOWN, FAILED -> method.equals(HttpMethod.GET) || method.equals(HttpMethod.DELETE);
			case REFUSED -> false;
		};
	}

}
