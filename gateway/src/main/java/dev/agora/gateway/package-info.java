/**
 * The one door: routes, identity, limits, and the choice among a service's clones. <pre>
 * bytes    edge.RequestBytesFilter > HTTP decoder > edge.RequestHeadFilter
 * request  edge.ClientAddressFilter > limit.RequestLimitFilter > limit.AddressLimitFilter
 *          > route (application.yml) > body.RequestBodyFilter > shed.ShedFilter
 *          > auth.TokenSwapFilter > limit.MemberLimitFilter > guard.BreakerFilter > balance.BalanceFilter > guard.DeadlineFilter > auth.InsideHeadersFilter
 *          > a clone of the service
 * answer   edge.AnswerHeadersFilter > access.AccessLogFilter
 * </pre>
 */
@NullMarked
package dev.agora.gateway;

import org.jspecify.annotations.NullMarked;
