package io.trapline.app.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class VersionFromManifest implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {toolAndVersion()};
    }

    /** {@code trapline 1.0}. */
    static String toolAndVersion() {
        String version = TraplineCommand.class.getPackage().getImplementationVersion();
        return "trapline " + (version == null ? "(not packaged)" : version);
    }
}
