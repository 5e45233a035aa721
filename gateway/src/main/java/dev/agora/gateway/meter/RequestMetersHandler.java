package dev.agora.gateway.meter;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.edge.CurrentExchange;
import dev.agora.platform.web.RequestTimer;

/** Measures the requests of one connection when the heads of their responses are sent. */
final class RequestMetersHandler extends ChannelDuplexHandler {

	private final RequestMeters meters;

	/** Whether the head of the current response was sent. */
	private boolean recorded;

	RequestMetersHandler(RequestMeters meters) {
		this.meters = meters;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		if (message instanceof HttpResponse response
				&& response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			this.meters.record(CurrentExchange.of(context.channel()), response.status().code());
			this.recorded = true;
		}
		if (message instanceof LastHttpContent) {
			this.recorded = false;
		}
		super.write(context, message, promise);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		@Nullable ServerWebExchange pending = CurrentExchange.of(context.channel());
		if (pending != null && !this.recorded) {
			this.meters.record(pending, RequestTimer.CLIENT_CLOSED_REQUEST);
		}
		context.fireChannelInactive();
	}

}
