package dev.agora.gateway.edge.http1;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

import dev.agora.gateway.edge.EdgeSettings;
import dev.agora.gateway.edge.http1.Http1FramingValidator.Place;

/**
 * Stands before a connection's HTTP decoder and refuses bytes that could be read in two
 * ways, and clients that take too long.
 */
final class FramingHandler extends ChannelInboundHandlerAdapter {

	/** No decoder takes a line that ends like this, wherever in a head it stands. */
	private static final ByteBuf NEVER_VALID = Unpooled
		.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[] { 'x', '\n' }).asReadOnly());

	private final Http1FramingValidator lines;

	private final HeadHandler heads;

	private final EdgeSettings settings;

	/** What is left of a head that is refused; nothing until then. */
	private @Nullable HeadRest rest;

	private @Nullable ScheduledFuture<?> deadline;

	/** Which request is waited for, since when, and what has come of it. */
	private int awaited = -1;

	private long begun;

	private long received;

	FramingHandler(Http1FramingValidator lines, HeadHandler heads, EdgeSettings settings) {
		this.lines = lines;
		this.heads = heads;
		this.settings = settings;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof ByteBuf bytes) {
			this.received += bytes.readableBytes();
			pass(context, bytes);
			watch(context);
		}
		else {
			context.fireChannelRead(message);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		stopWatching();
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		stopWatching();
	}

	/** In one piece, unless a head ends within: then the decoder says what follows. */
	private void pass(ChannelHandlerContext context, ByteBuf bytes) {
		while (!this.heads.isRefused() && this.rest == null && this.lines.place() != Place.CLOSED) {
			int end = this.lines.read(bytes);
			if (end == bytes.writerIndex() && this.lines.place() != Place.FAULT) {
				context.fireChannelRead(bytes);
				closeUnlessTold();
				return;
			}
			context.fireChannelRead(bytes.readRetainedSlice(end - bytes.readerIndex()));
			if (this.lines.place() == Place.FAULT) {
				refuse();
			}
			closeUnlessTold();
		}
		if (this.rest != null && !this.heads.isRefused()) {
			readRest(context, this.rest, bytes);
		}
		if (this.heads.isRefused()) {
			bytes.release();
		}
		else {
			context.fireChannelRead(bytes);
		}
	}

	/** For a head there is time; the request of a body is already on its way. */
	private void refuse() {
		this.rest = this.lines.rest();
		if (this.rest == null) {
			this.heads.breakOff(RejectionReason.BODY);
		}
	}

	/**
	 * A head that is too long is refused when all of it has come, so that a client that
	 * still sends does not miss the answer; any other at once.
	 */
	private void readRest(ChannelHandlerContext context, HeadRest head, ByteBuf bytes) {
		RejectionReason reason = this.lines.fault();
		head.read(bytes);
		if (head.isEnded() || reason == null || !reason.isForLength()) {
			refuseHead(context, reason);
		}
		bytes.skipBytes(bytes.readableBytes());
	}

	/** By the decoder, in its turn. */
	private void refuseHead(ChannelHandlerContext context, @Nullable RejectionReason reason) {
		if (reason != null) {
			reason.on(context.channel());
		}
		context.fireChannelRead(NEVER_VALID.duplicate());
		context.fireChannelReadComplete();
	}

	/** A decoder that made no request of a whole head has given up. */
	private void closeUnlessTold() {
		if (this.lines.place() == Place.HEAD_READ) {
			this.lines.close();
		}
	}

	/** While a request is on its way, and only then, somebody looks at the clock. */
	private void watch(ChannelHandlerContext context) {
		if (this.heads.isRefused() || (this.rest == null && !this.lines.isInside())) {
			stopWatching();
			return;
		}
		if (this.awaited != this.lines.ended()) {
			this.awaited = this.lines.ended();
			this.begun = System.nanoTime();
			this.received = 0;
		}
		if (this.deadline == null) {
			schedule(context, this.settings.requestTimeout().toNanos());
		}
	}

	private void schedule(ChannelHandlerContext context, long delay) {
		this.deadline = context.executor().schedule(() -> check(context), delay, TimeUnit.NANOSECONDS);
	}

	private void stopWatching() {
		if (this.deadline != null) {
			this.deadline.cancel(false);
			this.deadline = null;
		}
	}

	private void check(ChannelHandlerContext context) {
		this.deadline = null;
		boolean inHead = this.rest != null || this.lines.isInHead();
		long bodyTime = inHead ? 0
				: TimeUnit.SECONDS.toNanos(1) * this.received / this.settings.slowestBody().toBytes();
		long left = this.settings.requestTimeout().toNanos() + bodyTime - (System.nanoTime() - this.begun);
		if (left > 0) {
			schedule(context, left);
		}
		else if (inHead) {
			refuseHead(context, (this.rest != null) ? this.lines.fault() : RejectionReason.SLOW);
		}
		else {
			this.heads.breakOff(RejectionReason.SLOW);
		}
	}

}
