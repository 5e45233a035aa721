package dev.agora.gateway.edge.http1;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

import dev.agora.gateway.edge.EdgeSettings;
import dev.agora.gateway.edge.http1.Http1FramingValidator.State;

/**
 * Precedes the HTTP decoder of a connection. It rejects bytes that could be interpreted
 * in two ways, and times out slow clients.
 */
final class FramingHandler extends ChannelInboundHandlerAdapter {

	/** A line that no decoder accepts at any place of a head. */
	private static final ByteBuf INVALID_LINE = Unpooled
		.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[] { 'x', '\n' }).asReadOnly());

	private final Http1FramingValidator framing;

	private final HeadHandler headHandler;

	private final EdgeSettings settings;

	/** The head that is being rejected; null before. */
	private @Nullable RejectedHead rejectedHead;

	private @Nullable ScheduledFuture<?> timeout;

	/**
	 * The request that is being received, when it started, and how many bytes have
	 * arrived.
	 */
	private int currentRequest = -1;

	private long startedAt;

	private long received;

	FramingHandler(Http1FramingValidator framing, HeadHandler headHandler, EdgeSettings settings) {
		this.framing = framing;
		this.headHandler = headHandler;
		this.settings = settings;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof ByteBuf bytes) {
			this.received += bytes.readableBytes();
			forward(context, bytes);
			updateTimeout(context);
		}
		else {
			context.fireChannelRead(message);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		cancelTimeout();
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		cancelTimeout();
	}

	/**
	 * Forwards the bytes in one piece, unless a head ends within them: the decoder then
	 * decides what follows.
	 */
	private void forward(ChannelHandlerContext context, ByteBuf bytes) {
		while (!this.headHandler.isRejecting() && this.rejectedHead == null && this.framing.state() != State.CLOSED) {
			int end = this.framing.read(bytes);
			if (end == bytes.writerIndex() && this.framing.state() != State.FAULT) {
				context.fireChannelRead(bytes);
				closeUnlessHeadAccepted();
				return;
			}
			context.fireChannelRead(bytes.readRetainedSlice(end - bytes.readerIndex()));
			if (this.framing.state() == State.FAULT) {
				reject();
			}
			closeUnlessHeadAccepted();
		}
		if (this.rejectedHead != null && !this.headHandler.isRejecting()) {
			readRejectedHead(context, this.rejectedHead, bytes);
		}
		if (this.headHandler.isRejecting()) {
			bytes.release();
		}
		else {
			context.fireChannelRead(bytes);
		}
	}

	/**
	 * The rest of a rejected head is read. If a body is invalid, its request was already
	 * forwarded and is aborted.
	 */
	private void reject() {
		this.rejectedHead = this.framing.rejectedHead();
		if (this.rejectedHead == null) {
			this.headHandler.abort(RejectionReason.BODY);
		}
	}

	/**
	 * Rejects a head that is too long only when all of it has arrived, so that a client
	 * that is still sending does not miss the response; any other head is rejected at
	 * once.
	 */
	private void readRejectedHead(ChannelHandlerContext context, RejectedHead head, ByteBuf bytes) {
		RejectionReason reason = this.framing.fault();
		head.read(bytes);
		if (head.isEnded() || reason == null || !reason.isAboutLength()) {
			rejectHead(context, reason);
		}
		bytes.skipBytes(bytes.readableBytes());
	}

	/** Makes the decoder reject the head, in the order of the requests. */
	private void rejectHead(ChannelHandlerContext context, @Nullable RejectionReason reason) {
		if (reason != null) {
			reason.attachTo(context.channel());
		}
		context.fireChannelRead(INVALID_LINE.duplicate());
		context.fireChannelReadComplete();
	}

	/** A decoder that has produced no request at the end of a head has failed. */
	private void closeUnlessHeadAccepted() {
		if (this.framing.state() == State.HEAD_READ) {
			this.framing.close();
		}
	}

	/** Schedules a check while a request is being received, and only then. */
	private void updateTimeout(ChannelHandlerContext context) {
		if (this.headHandler.isRejecting() || (this.rejectedHead == null && !this.framing.isInRequest())) {
			cancelTimeout();
			return;
		}
		if (this.currentRequest != this.framing.completedRequests()) {
			this.currentRequest = this.framing.completedRequests();
			this.startedAt = System.nanoTime();
			this.received = 0;
		}
		if (this.timeout == null) {
			schedule(context, this.settings.requestTimeout().toNanos());
		}
	}

	private void schedule(ChannelHandlerContext context, long delay) {
		this.timeout = context.executor().schedule(() -> onTimeout(context), delay, TimeUnit.NANOSECONDS);
	}

	private void cancelTimeout() {
		if (this.timeout != null) {
			this.timeout.cancel(false);
			this.timeout = null;
		}
	}

	private void onTimeout(ChannelHandlerContext context) {
		this.timeout = null;
		boolean inHead = this.rejectedHead != null || this.framing.isInHead();
		long bodyTime = inHead ? 0
				: TimeUnit.SECONDS.toNanos(1) * this.received / this.settings.minBodyRate().toBytes();
		long left = this.settings.requestTimeout().toNanos() + bodyTime - (System.nanoTime() - this.startedAt);
		if (left > 0) {
			schedule(context, left);
		}
		else if (inHead) {
			rejectHead(context, (this.rejectedHead != null) ? this.framing.fault() : RejectionReason.SLOW);
		}
		else {
			this.headHandler.abort(RejectionReason.SLOW);
		}
	}

}
