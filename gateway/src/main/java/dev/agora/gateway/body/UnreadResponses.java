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
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.core.annotation.Order;

import dev.agora.gateway.edge.EdgeSettings;

/**
 * Bounds the memory that responses take which their clients do not read. reactor-netty
 * takes a response from the service whether or not the client reads, so that a slow
 * client holds no connection to an instance; up to some megabytes then wait here. Only
 * connections with a full send buffer are looked at, a few times a second.
 */
@Order(3)
public final class UnreadResponses implements NettyServerCustomizer {

	private static final long CHECK_MILLIS = 100;

	/**
	 * What a client lets wait in the operating system is neither counted nor given up. By
	 * default that takes megabytes of each connection, whole queues of responses.
	 */
	private static final int SEND_BUFFER = 128 << 10;

	private final Set<Channel> full = ConcurrentHashMap.newKeySet();

	private final long memory;

	private final Duration patience;

	private final Counter stalled;

	private final Counter evicted;

	public UnreadResponses(BodySettings settings, EdgeSettings edge, MeterRegistry meters) {
		this.memory = settings.unread().toBytes();
		this.patience = edge.requestTimeout();
		this.stalled = meters.counter("responses.aborted", "reason", "stalled");
		this.evicted = meters.counter("responses.aborted", "reason", "memory");
		Gauge.builder("responses.unread", this, UnreadResponses::pending).baseUnit("bytes").register(meters);
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
			.doOnChannelInit((observer, channel, client) -> channel.pipeline()
				.addBefore(NettyPipeline.HttpCodec, "unread-responses", new Watch()));
	}

	private long pending() {
		return this.full.stream().mapToLong(UnreadResponses::unread).sum();
	}

	/** Those who let most wait go first; a usual response is far too short for that. */
	private boolean isToGo(Channel channel) {
		return pending() > this.memory
				&& this.full.stream().max(Comparator.comparingLong(UnreadResponses::unread)).orElse(null) == channel;
	}

	/** Netty gives the largest number there is for a channel that was just closed. */
	private static long unread(Channel channel) {
		long bytes = channel.bytesBeforeWritable();
		return (bytes == Long.MAX_VALUE) ? 0 : bytes;
	}

	private final class Watch extends ChannelInboundHandlerAdapter {

		private long unread;

		private long since;

		/**
		 * What waits is given up with the connection, and must not be counted any more.
		 */
		@Override
		public void channelInactive(ChannelHandlerContext context) {
			UnreadResponses.this.full.remove(context.channel());
			context.fireChannelInactive();
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext context) {
			Channel channel = context.channel();
			if (!channel.isWritable() && channel.isActive() && UnreadResponses.this.full.add(channel)) {
				this.unread = 0;
				schedule(context);
			}
			context.fireChannelWritabilityChanged();
		}

		// Nobody waits for a check.
		@SuppressWarnings("FutureReturnValueIgnored")
		private void schedule(ChannelHandlerContext context) {
			context.executor().schedule(() -> check(context), CHECK_MILLIS, TimeUnit.MILLISECONDS);
		}

		private void check(ChannelHandlerContext context) {
			Channel channel = context.channel();
			long now = unread(channel);
			if (now == 0 || !channel.isActive()) {
				UnreadResponses.this.full.remove(channel);
				return;
			}
			if (now != this.unread) {
				this.unread = now;
				this.since = System.nanoTime();
			}
			if (isToGo(channel)) {
				abort(channel, UnreadResponses.this.evicted);
			}
			else if (System.nanoTime() - this.since > UnreadResponses.this.patience.toNanos()) {
				abort(channel, UnreadResponses.this.stalled);
			}
			else {
				schedule(context);
			}
		}

		// Nobody waits for the end of a connection that is given up.
		@SuppressWarnings("FutureReturnValueIgnored")
		private void abort(Channel channel, Counter counter) {
			counter.increment();
			UnreadResponses.this.full.remove(channel);
			channel.close();
		}

	}

}
