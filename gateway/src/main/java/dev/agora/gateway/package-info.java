/**
 * The one door: routes, identity, limits, and the choice among a service's clones. <pre>
 * request  gateway > limit.RequestLimitFilter > route (application.yml) > shed.ShedFilter > auth.TokenSwapFilter
 *          > guard.BreakerFilter > balance.BalanceFilter > guard.DeadlineFilter > auth.InsideHeadersFilter
 *          > a clone of the service
 * </pre>
 */
@NullMarked
package dev.agora.gateway;

import org.jspecify.annotations.NullMarked;
