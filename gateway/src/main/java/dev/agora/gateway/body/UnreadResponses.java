package dev.agora.gateway.body;

import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.core.annotation.Order;

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.edge.EdgeSettings;

/**
 * Bounds the memory for responses that their clients do not read. reactor-netty reads a
 * response from the service whether or not the client reads it, so that a slow client
 * does not occupy a connection to an instance; up to some megabytes then wait here. Only
 * connections with a full send buffer are checked, a few times a second.
 */
@Order(FilterOrder.UNREAD_RESPONSES_HANDLER)
public final class UnreadResponses implements NettyServerCustomizer {

	private static final long CHECK_MILLIS = 100;

	/**
	 * The bytes in the operating system's buffer are neither counted nor freed. By
	 * default that buffer takes megabytes per connection, and so whole queues of
	 * responses.
	 */
	private static final int SEND_BUFFER = 128 << 10;

	/**
	 * The time after which a connection ends whose client acknowledges nothing, as a
	 * phone that has changed its network. By default the operating system sends again for
	 * a quarter of an hour, and meanwhile a stream would occupy one of the few of its
	 * member.
	 */
	private static final Duration UNACKNOWLEDGED = Duration.ofSeconds(30);

	private final Set<Channel> unwritable = ConcurrentHashMap.newKeySet();

	private final long memory;

	private final Duration stallTimeout;

	private final Counter stalled;

	private final Counter evicted;

	public UnreadResponses(BodySettings settings, EdgeSettings edge, MeterRegistry meters) {
		this.memory = settings.unreadMemory().toBytes();
		this.stallTimeout = edge.requestTimeout();
		this.stalled = meters.counter("responses.aborted", "reason", "stalled");
		this.evicted = meters.counter("responses.aborted", "reason", "memory");
		Gauge.builder("responses.unread", this, UnreadResponses::pending).baseUnit("bytes").register(meters);
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return endUnacknowledged(server).childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
			.doOnChannelInit((observer, channel, client) -> channel.pipeline()
				.addBefore(NettyPipeline.HttpCodec, "unread-responses", new WritabilityHandler()));
	}

	/** Only Linux has this option. It also ends connections that are stalled. */
	private HttpServer endUnacknowledged(HttpServer server) {
		long millis = Math.max(UNACKNOWLEDGED.toMillis(), this.stallTimeout.toMillis());
		return Epoll.isAvailable() ? server.childOption(EpollChannelOption.TCP_USER_TIMEOUT, Math.toIntExact(millis))
				: server;
	}

	private long pending() {
		return this.unwritable.stream().mapToLong(UnreadResponses::unread).sum();
	}

	/**
	 * Whether this connection is the one to close, because memory is used up and it has
	 * the most unread bytes; an ordinary response is far too short for that.
	 */
	private boolean mustEvict(Channel channel) {
		return pending() > this.memory && this.unwritable.stream()
			.max(Comparator.comparingLong(UnreadResponses::unread))
			.orElse(null) == channel;
	}

	/** Netty reports the largest number for a channel that was just closed. */
	private static long unread(Channel channel) {
		long bytes = channel.bytesBeforeWritable();
		return (bytes == Long.MAX_VALUE) ? 0 : bytes;
	}

	private final class WritabilityHandler extends ChannelInboundHandlerAdapter {

		private long unread;

		private long since;

		/** A closed connection frees its unread bytes. */
		@Override
		public void channelInactive(ChannelHandlerContext context) {
			UnreadResponses.this.unwritable.remove(context.channel());
			context.fireChannelInactive();
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext context) {
			Channel channel = context.channel();
			if (!channel.isWritable() && channel.isActive() && UnreadResponses.this.unwritable.add(channel)) {
				this.unread = 0;
				schedule(context);
			}
			context.fireChannelWritabilityChanged();
		}

		// The future of a check is not needed.
		@SuppressWarnings("FutureReturnValueIgnored")
		private void schedule(ChannelHandlerContext context) {
			context.executor().schedule(() -> check(context), CHECK_MILLIS, TimeUnit.MILLISECONDS);
		}

		private void check(ChannelHandlerContext context) {
			Channel channel = context.channel();
			long pending = unread(channel);
			if (pending == 0 || !channel.isActive()) {
				UnreadResponses.this.unwritable.remove(channel);
				return;
			}
			if (pending != this.unread) {
				this.unread = pending;
				this.since = System.nanoTime();
			}
			if (mustEvict(channel)) {
				abort(channel, UnreadResponses.this.evicted);
			}
			else if (System.nanoTime() - this.since > UnreadResponses.this.stallTimeout.toNanos()) {
				abort(channel, UnreadResponses.this.stalled);
			}
			else {
				schedule(context);
			}
		}

		// The future of the close is not needed.
		@SuppressWarnings("FutureReturnValueIgnored")
		private void abort(Channel channel, Counter counter) {
			counter.increment();
			UnreadResponses.this.unwritable.remove(channel);
			channel.close();
		}

	}

}
