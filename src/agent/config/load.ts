// Reading the agent's settings from this machine: environment, then ecs.config, then the JSON file, then defaults.
import { readFileSync } from 'node:fs';
import { fileErrorReason } from '../../lib/file-error.ts';
import {
  AgentSettingsError,
  interpretSettings,
  unsupportedSettings,
  type AgentSettings,
} from './agent-settings.ts';
import { defaultAgentConfig, type AgentConfig } from './config.ts';
import { readGpuInfo } from './gpu-info.ts';
import { overlay, parseEcsConfig, parseJsonConfig } from './sources.ts';
import { durationVariables, jsonFields } from './variables.ts';

export interface LoadedSettings {
  readonly settings: AgentSettings;
  /** Sentences for the log: variables that are set and have no effect. */
  readonly warnings: readonly string[];
}

export interface SettingsFiles {
  /** KEY=VALUE lines. */
  readonly ecsConfig: string;
  /** Where ECS_AGENT_CONFIG_FILE_PATH says nothing else. */
  readonly json: string;
  /** Two numbers: the kernel's range of ports that may be handed out. */
  readonly localPortRange: string;
  /** The host's GPUs, where LONGSHORE_GPU_INFO_FILE says nothing else; read only where they are to be offered. */
  readonly gpuInfo: string;
}

export const defaultSettingsFiles: SettingsFiles = {
  ecsConfig: '/etc/ecs/ecs.config',
  json: '/etc/ecs_container_agent/config.json',
  localPortRange: '/proc/sys/net/ipv4/ip_local_port_range',
  gpuInfo: '/var/lib/ecs/gpu/nvidia-gpu-info.json',
};

/**
 * Reads everything; `defaults` are what counts where nothing is set. Throws an AgentSettingsError when a file or a variable
 * cannot be read. A file that is not there is no fault.
 */
export function loadAgentSettings(
  env: Readonly<Record<string, string | undefined>>,
  files: SettingsFiles = defaultSettingsFiles,
  defaults: AgentConfig = defaultAgentConfig,
): LoadedSettings {
  const kernel = readIfThere(files.localPortRange)?.trim().split(/\s+/).join('-');
  const fileTexts = overlay(
    {},
    parsed(() => parseEcsConfig(readIfThere(files.ecsConfig) ?? '', files.ecsConfig)),
  );
  const jsonPath = env['ECS_AGENT_CONFIG_FILE_PATH'] || fileTexts['ECS_AGENT_CONFIG_FILE_PATH'] || files.json;
  const json = readIfThere(jsonPath);
  const jsonTexts =
    json === undefined ? {} : parsed(() => parseJsonConfig(json, jsonPath, jsonFields, durationVariables));
  const texts = overlay(overlay(overlay({}, jsonTexts), fileTexts), env);
  const settings = interpretSettings(
    overlay({ ...(kernel && { ECS_DYNAMIC_HOST_PORT_RANGE: kernel }) }, texts),
    defaults,
  );
  const warnings = unsupportedSettings(texts, jsonTexts);
  const gpuInfo = texts['LONGSHORE_GPU_INFO_FILE'] ?? files.gpuInfo;
  return settings.gpuSupport ? withGpus({ settings, warnings }, gpuInfo) : { settings, warnings };
}

/** Without the file the agent goes on without GPUs, as the official one does. */
function withGpus({ settings, warnings }: LoadedSettings, path: string): LoadedSettings {
  const content = readIfThere(path);
  if (content === undefined) {
    const missing = `ECS_ENABLE_GPU_SUPPORT is set, but ${path} is not there: no GPU is offered.`;
    return { settings, warnings: [...warnings, missing] };
  }
  const gpus = parsed(() => readGpuInfo(content, path));
  return { settings: { ...settings, agent: { ...settings.agent, gpus } }, warnings };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new AgentSettingsError([(error as Error).message]);
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new AgentSettingsError([`${path} cannot be read: ${fileErrorReason(error) ?? message}`]);
  }
}
