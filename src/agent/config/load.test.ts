import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultAgentConfig } from './config.ts';
import { AgentSettingsError } from './agent-settings.ts';
import { loadAgentSettings, type LoadedSettings, type SettingsFiles } from './load.ts';

describe('loadAgentSettings', () => {
  let folder: string;
  let files: SettingsFiles;
  const load = (env: Record<string, string>): LoadedSettings => loadAgentSettings(env, files);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'longshore-settings-'));
    files = {
      ecsConfig: join(folder, 'ecs.config'),
      json: join(folder, 'config.json'),
      localPortRange: join(folder, 'ip_local_port_range'),
      gpuInfo: join(folder, 'nvidia-gpu-info.json'),
    };
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('needs no file', () => {
    const { settings, warnings } = load({});
    expect(settings.agent.dynamicHostPortRange).toEqual({ from: 49_153, to: 65_535 });
    expect(warnings).toEqual([]);
  });

  it('takes the defaults of its caller where nothing is set', () => {
    const caller = { ...defaultAgentConfig, imagePullBehavior: 'prefer-cached' } as const;
    const behaviour = (env: Record<string, string>): string =>
      loadAgentSettings(env, files, caller).settings.agent.imagePullBehavior;
    expect(load({}).settings.agent.imagePullBehavior).toBe('default');
    expect(behaviour({})).toBe('prefer-cached');
    expect(behaviour({ ECS_IMAGE_PULL_BEHAVIOR: 'default' })).toBe('default');
  });

  it("takes the kernel's port range, unless one is set", () => {
    writeFileSync(files.localPortRange, '32768\t60999\n');
    expect(load({}).settings.agent.dynamicHostPortRange).toEqual({ from: 32_768, to: 60_999 });
    const set = load({ ECS_DYNAMIC_HOST_PORT_RANGE: '40000-40001' });
    expect(set.settings.agent.dynamicHostPortRange).toEqual({ from: 40_000, to: 40_001 });
  });

  it('lets the environment win over ecs.config, and that over the JSON file', () => {
    writeFileSync(files.json, '{"Cluster":"json","ReservedMemory":64,"DockerStopTimeout":5000000000}');
    writeFileSync(files.ecsConfig, 'ECS_CLUSTER=file\nECS_RESERVED_MEMORY=32\nECS_DISABLE_METRICS=true\n');
    expect(load({ ECS_CLUSTER: 'env', ECS_DISABLE_METRICS: '' }).settings.agent).toMatchObject({
      cluster: 'env',
      reservedMemory: 32,
      disableMetrics: true,
      containerStopTimeout: 5_000,
    });
  });

  it.each(['environment', 'ecs.config'])('finds the JSON file where the %s says', (place) => {
    const path = join(folder, 'elsewhere.json');
    writeFileSync(path, '{"Cluster":"elsewhere"}');
    if (place === 'ecs.config') writeFileSync(files.ecsConfig, `ECS_AGENT_CONFIG_FILE_PATH=${path}`);
    const env: Record<string, string> = place === 'environment' ? { ECS_AGENT_CONFIG_FILE_PATH: path } : {};
    expect(load(env).settings.agent.cluster).toBe('elsewhere');
  });

  it('warns of what has no effect, wherever it was set', () => {
    writeFileSync(files.json, '{"TaskENIEnabled":true}');
    writeFileSync(files.ecsConfig, 'ECS_ENABLE_TASK_ENI=true');
    const { warnings } = load({ ECS_CHECKPOINT: 'true', HOME: '/root' });
    expect(new Set(warnings.map((line) => line.split(' ')[0]))).toEqual(
      new Set(['ECS_CHECKPOINT', 'ECS_ENABLE_TASK_ENI', 'TaskENIEnabled']),
    );
  });

  it('finds the GPUs of the host where they are to be offered, and nowhere else', () => {
    writeFileSync(files.gpuInfo, '{"DriverVersion":"550.54.15","GPUIDs":["GPU-a","GPU-b","GPU-a"]}');
    expect(load({}).settings.agent.gpus).toBeUndefined();
    writeFileSync(files.json, '{"GPUSupportEnabled":true,"NvidiaRuntime":"nvidia-legacy"}');
    const { settings, warnings } = load({});
    expect(settings.agent).toMatchObject({
      gpus: { driverVersion: '550.54.15', ids: ['GPU-a', 'GPU-b'] },
      nvidiaRuntime: 'nvidia-legacy',
    });
    expect(warnings).toEqual([]);
    expect(load({ ECS_ENABLE_GPU_SUPPORT: 'false' }).settings.agent.gpus).toBeUndefined();
  });

  it('finds the GPUs of another file where one is named', () => {
    const path = join(folder, 'half.json');
    writeFileSync(files.gpuInfo, '{"GPUIDs":["GPU-a","GPU-b"]}');
    writeFileSync(path, '{"GPUIDs":["GPU-b"]}');
    const { settings, warnings } = load({ ECS_ENABLE_GPU_SUPPORT: 'true', LONGSHORE_GPU_INFO_FILE: path });
    expect(settings.agent.gpus).toEqual({ ids: ['GPU-b'] });
    expect(warnings).toEqual([]);
  });

  it('goes on without GPUs, and says so, where nothing tells of them', () => {
    const { settings, warnings } = load({ ECS_ENABLE_GPU_SUPPORT: 'true' });
    expect(settings.agent.gpus).toBeUndefined();
    expect(settings.agent.nvidiaRuntime).toBe('nvidia');
    expect(warnings).toEqual([expect.stringContaining(files.gpuInfo)]);
  });

  it.each(['', '{}', '{"GPUIDs":"GPU-a"}', '{"GPUIDs":[""]}'])('does not guess at GPUs in %j', (content) => {
    writeFileSync(files.gpuInfo, content);
    expect(() => load({ ECS_ENABLE_GPU_SUPPORT: 'true' })).toThrow(AgentSettingsError);
    expect(() => load({ ECS_ENABLE_GPU_SUPPORT: 'true' })).toThrow(files.gpuInfo);
  });

  it('names the file that cannot be read', () => {
    writeFileSync(files.json, '{');
    expect(() => load({})).toThrow(AgentSettingsError);
    expect(() => load({})).toThrow(files.json);
    writeFileSync(files.json, '{}');
    writeFileSync(files.ecsConfig, 'nonsense');
    expect(() => load({})).toThrow(`${files.ecsConfig}:1`);
  });

  it('does not take a file that it may not read for one that is not there', () => {
    expect(() => loadAgentSettings({}, { ...files, ecsConfig: folder })).toThrow(
      `${folder} cannot be read: it is a directory, not a file`,
    );
  });
});
