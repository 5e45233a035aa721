/**
 * Exports of what the services hold about a member. <pre>
 * start     ExportController > ExportStarter > a job
 * job       ExportHandler > Exports: export.requested; awaits the parts
 * parts     ExportPartListener > ExportAssembly > ExportChunks; Exports: which parts are complete
 * download  ExportController > ExportFile > ExportChunks
 * cleanup   ExportJobListener, and the removal of a member > ExportAssembly
 * </pre>
 */
@NullMarked
package dev.agora.feed.exports;

import org.jspecify.annotations.NullMarked;
