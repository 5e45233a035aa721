package dev.agora.console.targets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Resolves names, such as those of headless Kubernetes Services, to one instance per
 * address.
 */
final class NamedTargets implements Targets {

	private static final Pattern FORM = Pattern.compile("([a-z-]+)=([^:\\s]+):(\\d{1,5})");

	private final List<Name> names;

	NamedTargets(List<String> names) {
		this.names = names.stream().map(Name::parse).toList();
	}

	@Override
	public Mono<List<Target>> find() {
		return Flux.fromIterable(this.names)
			.flatMap((name) -> Mono.fromCallable(name::resolve).subscribeOn(Schedulers.boundedElastic()))
			.concatMapIterable((targets) -> targets)
			.sort(Comparator.comparing(Target::name))
			.collectList();
	}

	/** A name without an address stands for no instance. */
	private static Stream<String> addresses(String name) {
		try {
			return Arrays.stream(InetAddress.getAllByName(name)).map(InetAddress::getHostAddress);
		}
		catch (UnknownHostException ex) {
			return Stream.empty();
		}
	}

	/**
	 * A name of a service.
	 *
	 * @param service the service
	 * @param host the name that is resolved
	 * @param port the management port
	 */
	private record Name(String service, String host, int port) {

		static Name parse(String text) {
			Matcher parts = FORM.matcher(text);
			if (!parts.matches()) {
				throw new IllegalArgumentException(
						"console.targets.names has <service>=<host>:<port>, not '" + text + "'");
			}
			return new Name(parts.group(1), parts.group(2), Integer.parseInt(parts.group(3)));
		}

		List<Target> resolve() {
			return addresses(this.host)
				.map((address) -> new Target(this.service + "@" + address, this.service, address, 0, this.port, address,
						Target.State.RUNNING, "", ""))
				.toList();
		}

	}

}
