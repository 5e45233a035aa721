package dev.agora.gateway.edge.http1;

import java.nio.channels.ClosedChannelException;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import dev.agora.gateway.edge.EntityTags;
import dev.agora.platform.problem.ProblemHandler;

/**
 * Follows the HTTP decoder of a connection and rejects invalid heads. A request that is
 * rejected, here or before the decoder, reaches no filter; it is answered once, in the
 * order of the requests, and ends the connection.
 */
final class HeadHandler extends ChannelDuplexHandler {

	private final HeadValidator validator;

	private final Http1FramingValidator framing;

	private @Nullable ChannelHandlerContext context;

	/** Requests that were accepted and have not been answered. */
	private int pendingResponses;

	private boolean responding;

	/**
	 * Whether no further request is accepted, and whether no further response is sent
	 * either.
	 */
	private boolean rejecting;

	private boolean aborted;

	/**
	 * The reason to reject a request, which waits until the earlier requests have been
	 * answered.
	 */
	private @Nullable RejectionReason pendingReason;

	HeadHandler(HeadValidator validator, Http1FramingValidator framing) {
		this.validator = validator;
		this.framing = framing;
	}

	boolean isRejecting() {
		return this.rejecting;
	}

	/**
	 * Rejects a body whose head was accepted. Its readers see the connection break: to
	 * the HTTP server, a body on which the decoder failed may look complete.
	 */
	void abort(RejectionReason reason) {
		this.rejecting = true;
		if (this.pendingResponses > 1) {
			this.pendingReason = reason;
		}
		else {
			respondAndClose(reason);
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.rejecting) {
			ReferenceCountUtil.release(message);
		}
		else if (message instanceof HttpRequest request) {
			if (request.decoderResult().isSuccess()) {
				validate(context, request);
			}
			if (request.decoderResult().isFailure()) {
				RejectionReason.rememberOrigin(context.channel(), this.framing.origin());
				rejectInTurn(request);
			}
			context.fireChannelRead(request);
		}
		else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
			content.release();
			abort(RejectionReason.BODY);
		}
		else {
			context.fireChannelRead(message);
		}
	}

	private void validate(ChannelHandlerContext context, HttpRequest request) {
		RejectionReason reason = this.validator.validate(request);
		if (reason == null) {
			accept(request);
		}
		else {
			reason.attachTo(context.channel());
			request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(reason.detail())));
		}
	}

	/**
	 * Without these changes the HTTP server would not queue the response behind others,
	 * since the request seems to end the connection.
	 */
	private void rejectInTurn(HttpRequest request) {
		this.rejecting = true;
		request.setProtocolVersion(HttpVersion.HTTP_1_1).headers().clear();
	}

	private void accept(HttpRequest request) {
		HttpHeaders headers = request.headers();
		String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
		this.framing.headAccepted(headers.contains(HttpHeaderNames.TRANSFER_ENCODING),
				(length != null) ? Long.parseLong(length) : 0);
		// The gateway sets this header for the service and reads it for the response, so
		// it is never taken from the client.
		headers.remove(ProblemHandler.FORWARDED_PREFIX);
		EntityTags.decode(headers);
		request.setUri(RequestTarget.encode(request.uri()));
		this.pendingResponses++;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		if (this.aborted) {
			ReferenceCountUtil.release(message);
			promise.tryFailure(new ClosedChannelException());
			return;
		}
		boolean ends = message instanceof LastHttpContent;
		if (message instanceof HttpResponse response) {
			this.responding = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
			ends &= this.responding;
		}
		super.write(context, message, promise);
		if (ends) {
			this.responding = false;
			this.pendingResponses--;
			if (this.pendingReason != null && this.pendingResponses == 1) {
				respondAndClose(this.pendingReason);
			}
		}
	}

	// The future of the close is not needed.
	@SuppressWarnings("FutureReturnValueIgnored")
	private void respondAndClose(RejectionReason reason) {
		this.aborted = true;
		if (this.context == null || this.context.isRemoved()) {
			return;
		}
		// The client would take a second response for that to its next request.
		if (this.responding || this.pendingResponses == 0) {
			this.context.close();
			return;
		}
		reason.attachTo(this.context.channel());
		FullHttpResponse bare = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST,
				Unpooled.EMPTY_BUFFER);
		bare.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		this.context.writeAndFlush(bare).addListener(ChannelFutureListener.CLOSE);
	}

}
