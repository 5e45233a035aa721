package dev.agora.gateway.discovery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/**
 * Resolves a name, such as that of a headless Kubernetes Service, to all its addresses.
 * Nothing is cached: the caller decides how often to ask.
 */
final class DnsClient implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final DnsNameResolver resolver;

	DnsClient() {
		this(DnsServerAddressStreamProviders.platformDefault());
	}

	/** Responses that are too long for a datagram are fetched over TCP. */
	DnsClient(DnsServerAddressStreamProvider servers) {
		LoopResources loops = HttpResources.get();
		EventLoopGroup group = loops.onClient(LoopResources.DEFAULT_NATIVE);
		this.resolver = new DnsNameResolverBuilder(group.next())
			.datagramChannelType(loops.onChannelClass(DatagramChannel.class, group))
			.socketChannelType(loops.onChannelClass(SocketChannel.class, group))
			.nameServerProvider(servers)
			.resolveCache(NoopDnsCache.INSTANCE)
			.cnameCache(NoopDnsCnameCache.INSTANCE)
			.queryTimeoutMillis(TIMEOUT.toMillis())
			.build();
	}

	/**
	 * Resolves a name.
	 * @param name as in {@code dns://feed-service:8080}
	 * @return the addresses of the instances, at least one
	 */
	Mono<Set<URI>> resolve(URI name) {
		return Mono
			.create((MonoSink<List<InetAddress>> sink) -> this.resolver.resolveAll(name.getHost())
				.addListener((Future<List<InetAddress>> found) -> emit(found, sink)))
			.map((addresses) -> toAddresses(addresses, name.getPort()));
	}

	private static void emit(Future<List<InetAddress>> found, MonoSink<List<InetAddress>> sink) {
		if (found.isSuccess()) {
			sink.success(found.getNow());
		}
		else {
			sink.error(found.cause());
		}
	}

	/** An instance with an IPv4 and an IPv6 address counts once. */
	private static Set<URI> toAddresses(List<InetAddress> addresses, int port) {
		boolean both = addresses.stream().anyMatch(Inet4Address.class::isInstance);
		return addresses.stream()
			.filter((address) -> !both || address instanceof Inet4Address)
			.map((address) -> NetUtil.toSocketAddressString(new InetSocketAddress(address, port)))
			.map((address) -> URI.create("http://" + address))
			.collect(Collectors.toSet());
	}

	@Override
	public void close() {
		this.resolver.close();
	}

}
